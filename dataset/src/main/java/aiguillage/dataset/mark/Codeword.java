package aiguillage.dataset.mark;

/// The bits of one recipient, at all positions. Safe from any thread.
final class Codeword {

    private final SipHash draws;

    Codeword(SipHash draws) {
        this.draws = draws;
    }

    boolean bit(Position position) {
        return Code.share(draws.of(position.high(), position.low())) < position.chance();
    }
}
