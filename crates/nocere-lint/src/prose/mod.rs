//! Documents as prose.
