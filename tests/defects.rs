use nocere_lint as _; use insta as _; use jsonschema as _;
