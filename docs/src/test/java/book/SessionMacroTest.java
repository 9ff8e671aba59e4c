package book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class SessionMacroTest {
  private static List<String> lines(String session) {
    var html = Jsoup.parseBodyFragment(SessionMacro.html(Session.parse("test", session)));
    return html.select(".line").stream().map(Element::text).toList();
  }

  @Test
  void showsWhatIsTypedBehindItsPrompt() {
    assertThat(
            lines(
                """
                # Prompt.
                amy $ ./jbang 04 call
                amy > You:
                amy | Connected.
                amy | You:
                bob $ ./jbang 04
                bob ? waits
                bob | Bob waits.
                bob ^C
                amy < Costs $1 <more>
                amy .
                """))
        .containsExactly(
            "$ ./jbang 04 call",
            "Connected.",
            "You: Costs $1 <more>",
            "$ ./jbang 04",
            "Bob waits.",
            "Ctrl-C");
  }

  @Test
  void showsWhatIsTypedWithoutAPromptOnALineOfItsOwn() {
    assertThat(lines("# Line.\namy $ cat\namy < hello\namy = hello\namy | hello\namy ^C\n"))
        .containsExactly("$ cat", "hello", "hello", "Ctrl-C");
  }
}
