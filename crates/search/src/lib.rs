//! Search: texts in, findings out. Knows nothing of the ledger; the app carries texts to it.
