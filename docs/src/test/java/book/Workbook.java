package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small workbook in a folder of its own, to build a book from. */
final class Workbook {
  private static final Repo REAL = Repo.around(Path.of(""));

  final Path root;

  Workbook(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root.resolve("lessons"));
    Files.createDirectories(root.resolve("docs/theme"));
    for (var asset : Repo.files(REAL.theme(), "*")) {
      Files.copy(asset, root.resolve("docs/theme").resolve(asset.getFileName()));
    }
    write("docs/chapters/index.adoc", "= A book\n\nText.\n");
  }

  Workbook write(String name, String text) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Builds the book and returns its problems. */
  List<String> build(Path output) throws IOException {
    return BookBuilder.build(new Repo(root), output);
  }

  /** One of everything that a chapter may use, and nothing wrong. */
  static Workbook sound(Path root) throws IOException {
    return new Workbook(root)
        .write(
            "lessons/L01Hello.java",
            """
            // Lesson 01: hello.

            // tag::main[]
            void main() {
              var greeting = "hello"; // what to say
              IO.println(greeting);
            }
            // end::main[]

            // tag::demo[]
            void demo() {}
            // end::demo[]
            """)
        .write(
            "docs/chapters/01-hello.adoc",
            """
            [#hello]
            = Hello
            :elided: demo

            [.question]
            Who is there?

            == Code [[code]]

            [source,java,callouts="var greeting; println"]
            ----
            include::{lessons}/L01Hello.java[tag=main]
            ----
            <1> A word.
            <2> Said.

            See <<python>>, <<table,the table>> and <<code>>, or https://example.org/[elsewhere].

            session::01-hello[]

            timeline::01-hello[What crossed.]

            figure::queue[A queue, with `code` and CR: ␍]

            [.experiment]
            ====
            Say nothing.

            [%collapsible]
            .Answer
            =====
            Silence.
            =====
            ====

            exercise::1.1[]
            hints::1.1[]
            gallery::1.1[]
            """)
        .write(
            "docs/chapters/python.adoc",
            """
            [#python]
            = Python to Java
            :appendix: A

            [#table]
            == The table

            Back to <<hello>>.
            """)
        .write(
            "docs/sessions/01-hello.session",
            """
            # Hello, ports & <pipes>.
            edit L01Hello: "hello" -> "<hi>"
            server $ ./jbang 01
            client $ curl -sS localhost
            client .
            client | <h1>
            client [exit 7]
            server < text
            server ^D
            server ^C
            """)
        .write(
            "docs/sessions/01-hello.wire",
            "0.000000000 1 client connect\n0.000000000 1 client data 2 \"Hi\"\n")
        .write(
            "docs/figures/queue.svg",
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">
            <title>Queue</title><desc>Two wait.</desc><path d="M0 0h9" stroke="currentColor"/></svg>
            """)
        .write(
            "exercises/checks/ch01/ReplyTest.java",
            """
            @Exercise(id = "1.1", title = "A reply", file = "ch01/Reply.java", level = 1, minutes = 9)
            class ReplyTest {
              @Check(step = 1, value = "replies", points = 10, read = "chapter 1")
              void replies() {}
            }
            """)
        .write(
            "exercises/hints/1.1.adoc",
            "== Nudge\n\nThink.\n\n== Concept\n\n* A list\n\n== Nearly the code\n\nWrite.\n")
        .write(
            "solutions/rejected/1.1/mute/Reply.java",
            "// Believes: silence is an answer.\n"
                + "// Rejected by: ReplyTest \"replies\"\n"
                + "class Reply {}\n");
  }
}
