package aiguillage.hub.entry;

/// The sender's signature over a document, encoded as in `aiguillage.protocol.signature`: for third parties.
public record Evidence(byte[] encoded) {}
