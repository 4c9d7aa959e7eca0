"""Budget: ceilings, RKA, versions, DPA, cash plan, SPD, shifts and the funds left."""
