"""The processes of the product, one file each; ``kawal run`` runs them all."""
