"""The demonstration: invented people who went through the same story that users go through.

What they are called, wrote and answered stands in `files/`; the modules beside it play these files
through the workflow functions of the rooms below, so that nothing in it is faked.
"""
