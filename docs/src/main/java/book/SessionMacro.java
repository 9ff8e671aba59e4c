package book;

import book.Session.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import org.asciidoctor.ast.StructuralNode;

/**
 * {@code session::01-hello[]}: a recorded session, a column for each terminal, in the order of
 * time.
 */
final class SessionMacro extends Macro {
  /** What one terminal does and shows before another has its turn. */
  private record Turn(String terminal, List<String> html) {}

  SessionMacro(Repo repo, Build build) {
    super("session", repo, build);
  }

  @Override
  void fill(StructuralNode block, String target, String text) throws IOException {
    var file = repo.sessions().resolve(target + ".session");
    if (!Files.exists(file)) throw new BookError("no such file: " + repo.name(file));
    html(block, html(Session.read(file, repo.name(file))));
  }

  static String html(Session session) {
    var terminals = session.terminals();
    var turns = turns(session);
    var html = new StringBuilder("<figure class=\"session\">\n");
    for (var edit : session.edits()) html.append(edit(edit));
    html.append(
        "<div class=\"terminals\" style=\"--terminals: %d\">\n".formatted(terminals.size()));
    for (int i = 0; i < terminals.size(); i++) {
      html.append(
          "<div class=\"screen\" style=\"grid-column: %d; grid-row: 1 / span %d\" aria-hidden=\"true\"><b>%s</b></div>\n"
              .formatted(i + 1, turns.size() + 1, terminals.get(i)));
    }
    for (int row = 0; row < turns.size(); row++) {
      var turn = turns.get(row);
      html.append(
          "<div class=\"turn\" style=\"grid-column: %d; grid-row: %d\"><b>%s</b><pre>%s</pre></div>\n"
              .formatted(
                  terminals.indexOf(turn.terminal) + 1,
                  row + 2,
                  turn.terminal,
                  String.join("", turn.html)));
    }
    return html.append(
            "</div>\n<figcaption>%s</figcaption>\n</figure>".formatted(inline(session.caption())))
        .toString();
  }

  private static String edit(Session.Edit edit) {
    return "<p class=\"edit\"><span>%s.java</span><del>%s</del><ins>%s</ins></p>\n"
        .formatted(edit.lesson(), escape(edit.before()), escape(edit.after()));
  }

  private static List<Turn> turns(Session session) {
    var turns = new ArrayList<Turn>();
    var prompted = new HashSet<String>(); // terminals that wait behind a prompt
    for (var line : session.lines()) {
      switch (line.event()) {
        case Event.Run(var terminal, var command) ->
            show(
                turns,
                terminal,
                "<span class=\"prompt\">$ </span><kbd>" + escape(command) + "</kbd>");
        case Event.AwaitPrompt(var terminal, _) -> prompted.add(terminal);
        case Event.Type(var terminal, var text) -> {
          var typed = "<kbd>" + escape(text) + "</kbd>";
          if (prompted.remove(terminal)) answer(turns, terminal, typed);
          else show(turns, terminal, typed);
        }
        case Event.CloseInput(var terminal) -> show(turns, terminal, key("D"));
        case Event.Interrupt(var terminal) -> show(turns, terminal, key("C"));
        case Event.Printed(var terminal, var text) -> show(turns, terminal, escape(text));
        case Event.Exited(var terminal, var code) ->
            show(turns, terminal, "<span class=\"exit\">[exit code " + code + "]</span>");
        case Event.Remark _, Event.Await _, Event.AwaitEnd _ -> {}
      }
    }
    return turns;
  }

  private static String key(String letter) {
    return "<kbd class=\"key\">Ctrl-" + letter + "</kbd>";
  }

  /** Behind the prompt, which is the last that this terminal has shown. */
  private static void answer(List<Turn> turns, String terminal, String typed) {
    var prompt =
        turns.reversed().stream().filter(turn -> turn.terminal.equals(terminal)).findFirst();
    var lines = prompt.orElseThrow().html;
    lines.add(
        lines
            .removeLast()
            .replaceFirst("</span>$", " " + Matcher.quoteReplacement(typed) + "</span>"));
  }

  private static void show(List<Turn> turns, String terminal, String html) {
    if (turns.isEmpty() || !turns.getLast().terminal.equals(terminal)) {
      turns.add(new Turn(terminal, new ArrayList<>()));
    }
    turns.getLast().html.add("<span class=\"line\">" + html + "</span>");
  }
}
