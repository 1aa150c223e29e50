package aiguillage.console.session;

import aiguillage.hub.operators.Operator;
import java.time.Instant;

/// Somebody signed in, in one browser.
///
/// @param number names it to people; proves nothing
/// @param form what each form sent in this session repeats, so that no other site can send one
/// @param until when it ends, whatever is done
public record Session(long number, Operator operator, String form, Instant begun, Instant until) {}
