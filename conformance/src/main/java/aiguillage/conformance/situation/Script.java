package aiguillage.conformance.situation;

/// What is done in a situation.
@FunctionalInterface
public interface Script {

    /// @throws Exception when the stage fails, not the player
    void play(Scene scene) throws Exception;
}
