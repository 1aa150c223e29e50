package aiguillage.console.web;

import aiguillage.hub.operators.Rank;
import org.jspecify.annotations.Nullable;

/// Who may ask for a page.
///
/// @param wanted what somebody who is signed in must be allowed; null: anybody who reaches the listener
/// @param isConfirmed whether just this form is to be confirmed with the key: for what has consequences
public record Access(@Nullable Rank wanted, boolean isConfirmed) {

    public static final Access ANYBODY = new Access(null, false);
    public static final Access SEE = new Access(Rank.SEE, false);
    public static final Access OPERATE = new Access(Rank.OPERATE, false);
    public static final Access ADMINISTER = new Access(Rank.ADMINISTER, false);
    public static final Access CONFIRMED_SEE = new Access(Rank.SEE, true);
    public static final Access CONFIRMED_OPERATE = new Access(Rank.OPERATE, true);
    public static final Access CONFIRMED_ADMINISTER = new Access(Rank.ADMINISTER, true);
}
