/** Of the engine and of our own readers together: whatever was kept under another one is imported anew. Raised with every change of either. */
export const INGEST_VERSION = 'web-ifc-0.0.78+1'
