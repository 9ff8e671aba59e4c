import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;

/**
 * The callers that every web server meets, unlucky and hostile. Each does its worst and checks what
 * it is answered itself; that the server then serves the next caller is for its tests to check.
 */
enum HostileClient {
  SENDS_ONE_BYTE_AT_A_TIME {
    @Override
    void visit(Site site) throws IOException {
      try (var caller = site.call()) {
        for (byte next : Site.bytes(Site.REQUEST)) {
          caller.say(next);
          awaitRead(caller);
        }
        site.isThePage(caller.hearAll());
      }
    }
  },

  SPLITS_ITS_REQUEST_ANYWHERE {
    @Override
    void visit(Site site) throws IOException {
      var request = Site.bytes(Site.REQUEST);
      for (int split = 1; split < request.length; split++) {
        try (var caller = site.call()) {
          caller.say(Arrays.copyOf(request, split));
          awaitRead(caller);
          caller.say(Arrays.copyOfRange(request, split, request.length));
          site.isThePage(caller.hearAll());
        }
      }
    }
  },

  HALF_CLOSES_BEFORE_THE_REQUEST_IS_WHOLE {
    @Override
    void visit(Site site) throws IOException {
      var request = Site.bytes(Site.REQUEST);
      for (int length = 0; length < request.length; length++) {
        try (var caller = site.call()) {
          caller.say(Arrays.copyOf(request, length)).finish();
          site.isNoPage(caller.hearAll());
        }
      }
    }
  },

  HALF_CLOSES_AFTER_THE_REQUEST {
    @Override
    void visit(Site site) throws IOException {
      try (var caller = site.call()) {
        caller.say(Site.bytes(Site.REQUEST)).finish();
        site.isThePage(caller.hearAll());
      }
    }
  },

  CONNECTS_AND_CLOSES {
    @Override
    void visit(Site site) throws IOException {
      for (int i = 0; i < MANY; i++) site.call().close();
    }
  },

  CONNECTS_AND_RESETS {
    @Override
    void visit(Site site) throws IOException {
      for (int i = 0; i < MANY; i++) site.call().reset();
    }
  },

  IS_ACCEPTED_SAYS_NOTHING_AND_LEAVES {
    @Override
    void visit(Site site) throws IOException {
      try (var caller = site.call()) {
        awaitAccepted(caller);
      }
    }
  },

  RESETS_IN_THE_MIDDLE_OF_ITS_REQUEST {
    @Override
    void visit(Site site) throws IOException {
      var caller = site.call().say(Site.bytes("GET / HT"));
      awaitRead(caller);
      caller.reset();
    }
  },

  RESETS_INSTEAD_OF_READING_THE_ANSWER {
    @Override
    void visit(Site site) throws IOException {
      for (int i = 0; i < MANY; i++) site.call().say(Site.bytes(Site.REQUEST)).reset();
    }
  },

  NEVER_READS_THE_ANSWER {
    @Override
    void visit(Site site) throws IOException {
      var deaf = new ArrayList<Wire>();
      try {
        for (int i = 0; i < MANY; i++) {
          deaf.add(Wire.callWithSmallBuffer(site.port()).say(Site.bytes(Site.REQUEST)));
        }
        site.servesThePage();
      } finally {
        for (var caller : deaf) caller.close();
      }
    }
  },

  SENDS_EVERY_BYTE_AND_COMMANDS_FOR_A_TERMINAL {
    @Override
    void visit(Site site) throws IOException {
      var garbage = new ByteArrayOutputStream();
      for (int value = 0; value < 256; value++) garbage.write(value);
      garbage.writeBytes(
          Site.bytes("\u001b[2J\u001b[31m\u001b]0;title\u0007\u001b[6n\b\r\r\n\r\n"));
      try (var caller = site.call().say(garbage.toByteArray()).finish()) {
        caller.hearAllOrReset();
      }
    }
  },

  SENDS_THE_LONGEST_HEAD {
    @Override
    void visit(Site site) throws IOException {
      try (var caller = site.call().say(Site.requestOf(site.maxHeadBytes()))) {
        site.isThePage(caller.hearAll());
      }
    }
  },

  SENDS_ONE_BYTE_MORE {
    @Override
    void visit(Site site) throws IOException {
      try (var caller = site.call().say(Site.requestOf(site.maxHeadBytes() + 1))) {
        site.isNoPage(caller.hearAllOrReset());
      }
    }
  },

  SENDS_A_MEGABYTE_OF_HEADER {
    @Override
    void visit(Site site) throws IOException {
      try (var caller = site.call()) {
        sayUntilDropped(caller, Site.requestOf(1024 * 1024));
        site.isNoPage(caller.hearAllOrReset());
      }
    }
  },

  SENDS_A_BODY_TOO {
    @Override
    void visit(Site site) throws IOException {
      var head = Site.REQUEST.replace("GET", "POST").replace("Conn", "Content-Length: 3\r\nConn");
      try (var caller = site.call().say(Site.bytes(head + "abc"))) {
        site.isThePage(caller.hearAllOrReset());
      }
    }
  },

  SENDS_A_SECOND_REQUEST_BEFORE_THE_FIRST_ANSWER {
    @Override
    void visit(Site site) throws IOException {
      try (var caller = site.call().say(Site.bytes(Site.REQUEST + Site.REQUEST))) {
        site.isThePage(caller.hearAllOrReset());
      }
    }
  };

  private static final int MANY = 20;

  abstract void visit(Site site) throws IOException;

  /** Without Linux's tables the pieces may meet again on their way; the answer is the same. */
  private static void awaitRead(Wire caller) {
    if (Proc.HERE) Proc.awaitRead(caller);
  }

  private static void awaitAccepted(Wire caller) {
    if (Proc.HERE) Proc.awaitAccepted(caller);
  }

  private static void sayUntilDropped(Wire caller, byte[] bytes) {
    try {
      caller.say(bytes);
    } catch (IOException dropped) {
      // It need not listen to the end: what it answered is checked next.
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
