package aiguillage.hub.wss;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a message's Security header says; nothing of it is proven.
///
/// @param created when the signer says that it signed
/// @param expires until when it wants the message to count, or null
/// @param tokenType what the token is: one certificate, or a path of them
/// @param token the signer's certificate, or path
/// @param prefixes written in the canonical form of what is signed, even where unused
/// @param method how it was signed, by its URI
/// @param references to what is signed
/// @param value the signature
record SecurityHeader(
        String created,
        @Nullable String expires,
        String tokenType,
        byte[] token,
        List<String> prefixes,
        String method,
        List<Reference> references,
        byte[] value) {

    /// What one element's digest was when the message was signed.
    ///
    /// @param id as the element says
    /// @param prefixes written in its canonical form, even where unused
    /// @param method how the digest was made, by its URI
    record Reference(String id, List<String> prefixes, String method, byte[] digest) {}
}
