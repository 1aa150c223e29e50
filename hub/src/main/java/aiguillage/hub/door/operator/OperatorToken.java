package aiguillage.hub.door.operator;

import aiguillage.hub.door.call.Call;
import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import aiguillage.pki.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpHeader;

/// The token that proves the operator on the private listener: 256 random bits in a file only the hub's user can
/// read.
public final class OperatorToken {

    private static final String BEARER = "Bearer ";

    private final byte[] header;

    private OperatorToken(String token) {
        this.header = (BEARER + token).getBytes(StandardCharsets.US_ASCII);
    }

    /// Reads the token from its file, or makes both.
    ///
    /// @throws IOException when the file cannot be read, or is open to others on this machine
    public static OperatorToken open(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            var bytes = new byte[32];
            random.nextBytes(bytes);
            DurableFile.writeSecret(file, (HexFormat.of().formatHex(bytes) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        String token = DurableFile.readSecret(file).strip();
        if (!token.matches("[0-9a-f]{64}")) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "it is damaged: it is not 64 hex digits. Delete it and start again: a new one is made");
        }
        return new OperatorToken(token);
    }

    /// @throws Refused when the call does not carry the token
    void require(Call call) {
        String given = call.header(HttpHeader.AUTHORIZATION);
        byte[] bytes = given == null ? new byte[0] : given.getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(header, bytes)) {
            throw new Refused(Problem.NOT_AUTHORISED, "Send the token of the file operator.token as a bearer token.");
        }
    }
}
