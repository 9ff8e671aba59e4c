package wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A recording as plain text, one line per event: seconds since it began, conversation, side, act,
 * and for bytes their number and the first of them.
 *
 * <pre>
 * 0.000000000 1 client connect
 * 0.000152310 1 server accept
 * 0.000406125 1 client data 18 "GET / HTTP/1.1\r\n\r\n"
 * </pre>
 *
 * <p>Inside the quotes stands UTF-8 text. A quote and a backslash have a backslash before them; CR,
 * LF and TAB are {@code \r}, {@code \n} and {@code \t}; a byte that is no part of a visible
 * character is {@code \xNN}. Empty lines and lines that begin with {@code #} mean nothing. A last
 * line {@code omitted 12} says that 12 more events followed.
 */
final class RecordingText {
  private static final Pattern LINE =
      Pattern.compile("(\\d+)\\.(\\d{9}) (\\d+) (client|server) ([a-z_]+)(?: (\\d+) \"(.*)\")?");
  private static final Pattern OMITTED = Pattern.compile("omitted (\\d+)");
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private RecordingText() {}

  static String write(Recording recording) {
    var text = new StringBuilder();
    for (var event : recording.events()) text.append(line(event)).append('\n');
    if (recording.omitted() > 0) text.append("omitted ").append(recording.omitted()).append('\n');
    return text.toString();
  }

  static String line(Event event) {
    var line = new StringBuilder();
    var nanos = "%09d".formatted(event.nanos() % NANOS_PER_SECOND);
    line.append(event.nanos() / NANOS_PER_SECOND).append('.').append(nanos);
    line.append(' ').append(event.conversation());
    line.append(' ').append(name(event.from()));
    line.append(' ').append(name(event.act()));
    if (event.act().hasBytes()) {
      line.append(' ').append(event.length());
      line.append(" \"").append(escaped(event.bytes())).append('"');
    }
    return line.toString();
  }

  static Recording read(String text) {
    var events = new ArrayList<Event>();
    long omitted = 0;
    int number = 0;
    for (var line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.isBlank() || line.startsWith("#")) continue;
      try {
        var more = OMITTED.matcher(line);
        if (more.matches()) {
          omitted = Long.parseLong(more.group(1));
        } else {
          events.add(event(line));
        }
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException("line " + number + ": " + wrong.getMessage(), wrong);
      }
    }
    return new Recording(events, omitted);
  }

  private static Event event(String line) {
    var parts = LINE.matcher(line);
    if (!parts.matches()) throw new IllegalArgumentException("no event: " + line);
    var seconds = Long.parseLong(parts.group(1));
    var nanos =
        Math.addExact(
            Math.multiplyExact(seconds, NANOS_PER_SECOND), Long.parseLong(parts.group(2)));
    var conversation = Integer.parseInt(parts.group(3));
    var from = Side.valueOf(parts.group(4).toUpperCase(Locale.ROOT));
    var act = Act.valueOf(parts.group(5).toUpperCase(Locale.ROOT));
    if (act.hasBytes() != (parts.group(6) != null)) {
      throw new IllegalArgumentException(act.hasBytes() ? "no bytes" : act + " has no bytes");
    }
    if (!act.hasBytes()) return new Event(nanos, conversation, from, act);
    var bytes = unescaped(parts.group(7));
    return new Event(nanos, conversation, from, act, bytes, Integer.parseInt(parts.group(6)));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Decodes as far as it is UTF-8, shows the bytes that are not, and goes on after them. */
  static String escaped(byte[] bytes) {
    var text = new StringBuilder();
    var left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      var characters = CharBuffer.allocate(left.remaining());
      var decoder = StandardCharsets.UTF_8.newDecoder(); // reports what it cannot decode
      var result = decoder.decode(left, characters, true);
      characters.flip().codePoints().forEach(c -> escape(c, text));
      if (result.isError()) {
        for (int i = 0; i < result.length(); i++) text.append("\\x%02x".formatted(left.get()));
      }
    }
    return text.toString();
  }

  private static void escape(int character, StringBuilder text) {
    switch (character) {
      case '"', '\\' -> text.append('\\').appendCodePoint(character);
      case '\r' -> text.append("\\r");
      case '\n' -> text.append("\\n");
      case '\t' -> text.append("\\t");
      default -> {
        if (visible(character)) {
          text.appendCodePoint(character);
        } else {
          for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
            text.append("\\x%02x".formatted(b));
          }
        }
      }
    }
  }

  /** Whether a terminal shows it and does nothing else. */
  static boolean visible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static byte[] unescaped(String text) {
    var bytes = new ByteArrayOutputStream();
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      if (character == '"') throw new IllegalArgumentException("a quote without a backslash");
      if (character != '\\') {
        bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      if (at == text.length()) throw new IllegalArgumentException("ends in a backslash");
      char escape = text.charAt(at++);
      switch (escape) {
        case '"', '\\' -> bytes.write(escape);
        case 'r' -> bytes.write('\r');
        case 'n' -> bytes.write('\n');
        case 't' -> bytes.write('\t');
        case 'x' -> {
          if (at + 2 > text.length()) throw new IllegalArgumentException("\\x wants two digits");
          bytes.write(HexFormat.fromHexDigits(text, at, at + 2));
          at += 2;
        }
        default -> throw new IllegalArgumentException("unknown escape \\" + escape);
      }
    }
    return bytes.toByteArray();
  }
}
