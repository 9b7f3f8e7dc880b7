//! Step 6: where do we stand?
