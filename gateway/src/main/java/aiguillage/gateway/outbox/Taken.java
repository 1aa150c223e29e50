package aiguillage.gateway.outbox;

/// What became of a document that the door handed in.
public sealed interface Taken {

    DocumentState state();

    /// It is in the outbox, durable.
    record Fresh(DocumentState state) implements Taken {}

    /// It was here already, with the same content; nothing was added.
    record Repeated(DocumentState state) implements Taken {}

    /// Its id belongs to another document.
    record Conflict(DocumentState state) implements Taken {}
}
