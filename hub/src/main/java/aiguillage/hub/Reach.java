package aiguillage.hub;

/// Where parties reach this hub, and how they know it.
///
/// @param host its first name, without a port
/// @param fingerprint of the root of its authority, as `aiguillage ca show` prints it
public record Reach(String host, int mainPort, int enrolmentPort, String fingerprint) {

    /// Where documents go.
    public String main() {
        return "https://" + host + ":" + mainPort;
    }

    /// Where certificates come from.
    public String enrolment() {
        return "https://" + host + ":" + enrolmentPort;
    }
}
