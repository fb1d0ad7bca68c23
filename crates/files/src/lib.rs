//! Where files are kept that the ledger only names: a folder or an S3 store, behind one type.
