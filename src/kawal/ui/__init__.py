"""The design system: tokens, components, languages."""
