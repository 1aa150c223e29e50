package aiguillage.fuzz;

import java.util.List;

/// A parser that a stranger or a partner can reach, and what must hold of it whatever it is given. Only the
/// exceptions that the parser documents are caught; everything else is a finding.
public interface Target {

    /// Inputs to begin with: at least one that the parser accepts.
    List<byte[]> seeds() throws Exception;

    /// Gives the parser this input and checks what comes out.
    void run(byte[] input) throws Exception;
}
