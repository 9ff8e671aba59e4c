package wire;

/** What a side did. */
public enum Act {
  /** The client called, and the tap took the call. For datagrams: the first from this client. */
  CONNECT,

  /** The tap's connection to the server stands. It may still wait in the server's accept queue. */
  ACCEPT,

  /** The server, or its kernel, turned the connection or the datagrams away. */
  REFUSED,

  /** The connection to the server got no answer in time: its accept queue is full. */
  TIMEOUT,

  /** Bytes, passed on to the other side in one write. */
  DATA,

  /** The tap now keeps back what this side does, until it is released. */
  HOLD,

  /** It no longer keeps back what this side does. */
  RELEASE,

  /** This side sends no more (FIN); the other may. */
  HALF_CLOSE,

  /** The second FIN: this side sends no more either, and the conversation is over. */
  CLOSE,

  /** The conversation is cut (RST). */
  RESET,

  /** Bytes that this side sent, and that the other will never see. */
  DROP,

  /** A datagram, passed on once more. */
  DUPLICATE,

  /** A datagram, passed on after one that was sent later. */
  REORDER;

  /** Whether an event of this kind has bytes. */
  public boolean hasBytes() {
    return switch (this) {
      case DATA, DROP, DUPLICATE, REORDER -> true;
      default -> false;
    };
  }
}
