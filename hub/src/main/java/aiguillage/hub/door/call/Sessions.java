package aiguillage.hub.door.call;

import aiguillage.hub.problem.Problem;
import aiguillage.hub.problem.Refused;
import javax.net.ssl.SSLSession;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/// The TLS session a request came by.
public final class Sessions {

    private Sessions() {}

    /// @throws Refused when the request did not come by TLS
    public static SSLSession of(Request request) {
        EndPoint.SslSessionData data =
                request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
        if (data == null) {
            throw new Refused(Problem.CERTIFICATE_UNUSABLE, "The request did not come by TLS.");
        }
        return data.sslSession();
    }
}
