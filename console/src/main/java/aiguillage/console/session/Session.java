package aiguillage.console.session;

import aiguillage.hub.operators.Operator;
import aiguillage.protocol.Digest;
import java.time.Instant;

/// Somebody signed in, in one browser.
///
/// @param number names it to people; proves nothing
/// @param operator as he is at this request: who loses his rank loses it here too
/// @param key the hash of what the security key calls itself that he signed in with
/// @param form what each form sent in this session repeats, so that no other site can send one
/// @param until when it ends, whatever is done
public record Session(long number, Operator operator, Digest key, String form, Instant begun, Instant until) {}
