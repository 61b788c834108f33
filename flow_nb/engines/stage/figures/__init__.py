"""The puppet makers. From a body of the plan to skinned surfaces that follow its bones."""
