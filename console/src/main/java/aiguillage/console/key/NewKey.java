package aiguillage.console.key;

/// A key that was made for this console.
///
/// @param credential what it calls itself, base64url
/// @param key its public key: COSE, base64url
public record NewKey(String credential, String key) {}
