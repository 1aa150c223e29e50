/// Who looks after the hub: signing in, the first operator and those who are invited, one's own keys, sessions, and
/// what everybody did. Nobody has a password.
///
/// **Bounds:** see [KeyDesk] for how often somebody may try; a page of activity has 50 lines, looked for among
/// the last 500. **Knows:** `key`, `session`, `web`, the hub, `pki`, `protocol`. **Start at** [PeoplePages].
/// **Tests:** `SignInTest`, `ConfirmationTest`, `OperatorPagesTest`.
@NullMarked
package aiguillage.console.people;

import org.jspecify.annotations.NullMarked;
