package aiguillage.hub.routing;

/// One route of a flow: which documents take it, and whom they reach.
public record Rule(Condition condition, Target target) {

    @Override
    public String toString() {
        return condition + " -> " + target;
    }
}
