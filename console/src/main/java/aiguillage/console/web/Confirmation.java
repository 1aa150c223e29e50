package aiguillage.console.web;

import java.util.Optional;

/// Has somebody confirm with the key what has consequences.
@FunctionalInterface
public interface Confirmation {

    /// Looks whether a form is confirmed. One confirmation is good for one form, once.
    ///
    /// @param deed the key of the sentence that says what will be done, filled with the visit's variables
    /// @return empty when it is; otherwise the page that asks for it
    /// @throws aiguillage.hub.problem.Refused when what came as a confirmation is none
    Optional<Answer> missing(Visit visit, String deed);
}
