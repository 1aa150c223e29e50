package aiguillage.console.key;

/// What a form has the browser ask a security key for: `console.js` does it, and puts the answer into the form.
///
/// @param mode `create` a key, or `get` its word
/// @param field of the form, where the answer goes
/// @param challenge base64url
/// @param host whose keys they are (the relying party's id)
/// @param hub the hub's name, as the browser shows it
/// @param handle what the key calls the person, base64url; empty for `get`
/// @param operator the person's name, as the browser shows it; empty when it is not known yet
/// @param keys what the person's keys call themselves, base64url, with blanks between: of which one answers, or none is
/// made again
public record KeyAsk(
        String mode,
        String field,
        String challenge,
        String host,
        String hub,
        String handle,
        String operator,
        String keys) {}
