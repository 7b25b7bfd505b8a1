use insta as _;
use jsonschema as _;
use nocere_lint as _;
