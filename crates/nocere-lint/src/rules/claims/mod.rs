//! What is promised. Most claim rules are documents (`catalog/core/claims`); here are those that compare a claim with
//! its evidence.

pub(crate) mod claim_exceeds_evidence;
