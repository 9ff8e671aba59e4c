package grader;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/** What the learner asks for while the loop runs: a key on a terminal, a line elsewhere. */
interface Keys extends AutoCloseable {
  String QUIT = "q";
  long LOOK_MILLIS = 100;

  /** Reads until its end, which asks to quit. Each request is one lower-case letter, or a word. */
  void read(Consumer<String> asked) throws IOException;

  /** How wide the screen is; 0 where that is not known. */
  int columns();

  @Override
  void close() throws IOException;

  /** Lines, as scripts and screen readers give them. */
  static Keys lines(InputStream in) {
    return new Keys() {
      @Override
      public void read(Consumer<String> asked) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line; (line = lines.readLine()) != null; ) asked.accept(line.strip());
        asked.accept(QUIT);
      }

      @Override
      public int columns() {
        return 0;
      }

      @Override
      public void close() {}
    };
  }

  /** Single keys, not echoed. Ctrl-C and Ctrl-D are requests to quit. */
  static Keys terminal() throws IOException {
    var terminal = TerminalBuilder.builder().system(true).dumb(false).build();
    var before = terminal.enterRawMode();
    // A line feed is still to begin a line: verdicts are printed as everywhere.
    var raw = terminal.getAttributes();
    raw.setOutputFlag(Attributes.OutputFlag.OPOST, true);
    raw.setOutputFlag(Attributes.OutputFlag.ONLCR, true);
    terminal.setAttributes(raw);
    return new Keys() {
      private volatile boolean closed;

      @Override
      public void read(Consumer<String> asked) throws IOException {
        // With a limit for each look, or close would wait for the next key.
        for (int key; !closed && (key = terminal.reader().read(LOOK_MILLIS)) != -1; ) {
          if (key == NonBlockingReader.READ_EXPIRED) continue;
          boolean quits = key == 3 || key == 4;
          asked.accept(quits ? QUIT : Character.toString(key).toLowerCase(Locale.ROOT));
        }
        asked.accept(QUIT);
      }

      @Override
      public int columns() {
        return terminal.getSize().getColumns();
      }

      @Override
      public void close() throws IOException {
        closed = true;
        terminal.setAttributes(before);
        terminal.close();
      }
    };
  }
}
