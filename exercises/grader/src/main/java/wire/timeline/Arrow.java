package wire.timeline;

import wire.Act;

/**
 * How an act crosses from one side to the other in text. Its look never carries a meaning that the
 * words do not.
 *
 * @param line the pattern that fills the way
 * @param left its end at the client, if that is where it arrives
 * @param right its end at the server, if that is where it arrives
 */
record Arrow(String line, String left, String right) {
  static Arrow of(Act act, boolean ascii) {
    return switch (act) {
      case CONNECT, ACCEPT -> ascii ? new Arrow("- ", "<", ">") : new Arrow("╌", "◀", "▶");
      case DATA, REORDER -> ascii ? new Arrow("-", "<-", "->") : new Arrow("─", "◀─", "─▶");
      case DUPLICATE -> ascii ? new Arrow("-", "<<-", "->>") : new Arrow("─", "◀◀─", "─▶▶");
      case DROP -> ascii ? new Arrow("-", "    X", "X    ") : new Arrow("─", "    ╳", "╳    ");
      // The arrow that meets a wall: nothing follows it.
      case HALF_CLOSE -> ascii ? new Arrow("-", "|<-", "->|") : new Arrow("─", "│◀─", "─▶│");
      case CLOSE -> ascii ? new Arrow("=", "|<=", "=>|") : new Arrow("═", "║◀═", "═▶║");
      case RESET, REFUSED -> ascii ? new Arrow("- ", "<-X", "X->") : new Arrow("─ ", "◀─╳", "╳─▶");
      case TIMEOUT, HOLD, RELEASE -> ascii ? new Arrow(". ", "", "") : new Arrow("· ", "", "");
    };
  }
}
