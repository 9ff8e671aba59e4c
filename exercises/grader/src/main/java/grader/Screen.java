package grader;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the loop shows itself: one page at a time, and below it what may be asked for.
 *
 * @param fitted to what it is now: a learner may change a window
 * @param clears whether a page takes the place of the one before; elsewhere it follows it
 */
record Screen(Supplier<Terminal> fitted, PrintStream out, boolean clears) {
  private static final String CLEAR = "\033[H\033[2J\033[3J";

  Screen(Terminal terminal, PrintStream out, boolean clears) {
    this(() -> terminal, out, clears);
  }

  Terminal terminal() {
    return fitted.get();
  }

  void show(List<String> page, String help) {
    var text = new StringBuilder(clears ? CLEAR : "");
    for (var line : page) text.append(line).append('\n');
    text.append('\n');
    for (var line : terminal().wrap(help, "", "")) text.append(line).append('\n');
    out.print(text);
    out.flush();
  }

  /** One line below the page. */
  void say(String line) {
    for (var each : terminal().wrap(line, "", "  ")) out.println(each);
    out.flush();
  }

  /** One line as it is, of another program. */
  void line(String line) {
    out.println(line);
    out.flush();
  }
}
