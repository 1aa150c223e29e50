package aiguillage.conformance.driver;

/// What the other end said, in the hub's own words whatever the protocol: a driver translates.
public sealed interface Said {

    /// As it stands in the table of outcomes: `accepted`, `refused id-taken`.
    String word();

    /// The document is safe with the hub.
    ///
    /// @param receipt as the hub gave it
    record Accepted(byte[] receipt) implements Said {
        @Override
        public String word() {
            return "accepted";
        }
    }

    /// The document, or the step, is refused.
    ///
    /// @param code of the catalogue of problems
    /// @param detail in the protocol's own way, for people
    record Refused(String code, String detail) implements Said {
        @Override
        public String word() {
            return "refused " + code;
        }
    }

    /// Whoever this is was not let in.
    ///
    /// @param how in the protocol's own way: an alert of TLS, a status, a failed login
    record ShutOut(String how) implements Said {
        @Override
        public String word() {
            return "shut out";
        }
    }

    /// No answer came, so what became of it is not known.
    ///
    /// @param how as the line ended
    record NoAnswer(String how) implements Said {
        @Override
        public String word() {
            return "no answer";
        }
    }

    /// A delivery was acknowledged or rejected, now or before.
    record Done() implements Said {
        @Override
        public String word() {
            return "done";
        }
    }
}
