package aiguillage.console.web;

import aiguillage.hub.operators.Rank;
import org.jspecify.annotations.Nullable;

/// Who may ask for a page.
public sealed interface Access {

    /// Anybody who reaches the listener.
    record Anybody() implements Access {}

    /// Who is signed in and may do so much.
    record Signed(Rank rank) implements Access {}

    /// Who is signed in, may do so much, and has confirmed just this form with the key: for what has consequences.
    record Confirmed(Rank rank) implements Access {}

    Access ANYBODY = new Anybody();
    Access SEE = new Signed(Rank.SEE);
    Access OPERATE = new Signed(Rank.OPERATE);
    Access ADMINISTER = new Signed(Rank.ADMINISTER);
    Access CONFIRMED_OPERATE = new Confirmed(Rank.OPERATE);
    Access CONFIRMED_ADMINISTER = new Confirmed(Rank.ADMINISTER);

    /// What somebody who is signed in must be allowed; null: nobody needs to be signed in.
    default @Nullable Rank wanted() {
        return switch (this) {
            case Anybody _ -> null;
            case Signed(var rank) -> rank;
            case Confirmed(var rank) -> rank;
        };
    }
}
