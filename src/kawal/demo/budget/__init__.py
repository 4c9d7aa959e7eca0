"""The demo city's budget as it is planned: pure, from a seed, exact to the sen by jenis."""
