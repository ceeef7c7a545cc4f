"""The other end of Contestant.measure: child.py SECTION FUNCTION MODULE OPTIONS; prints the result as one line of JSON."""
import importlib
import json
import sys

section, function, module, options = sys.argv[1:]
result = getattr(importlib.import_module(f"measure.{section}"), function)(module, **json.loads(options))
print(json.dumps(result))
