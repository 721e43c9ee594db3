"""The one code of the council's lists that a rule needs by name: whether a period lets EHC plans draw on its money."""

EHC_PLAN = "ehc-plan"
