"""A draft by machine: engines, the models they need, and the pipeline from documents to PO files."""
