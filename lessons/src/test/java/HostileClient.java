import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;

/**
 * The callers that every server meets, unlucky and hostile. Each does its worst and checks what it
 * is answered itself; that the server then serves the next caller is for its tests to check.
 */
enum HostileClient {
  SENDS_ONE_BYTE_AT_A_TIME {
    @Override
    void visit(Service service) throws IOException {
      try (var caller = service.call()) {
        for (byte next : service.request()) {
          caller.say(next);
          awaitRead(caller);
        }
        service.isTheReply(caller.hearAllAndReset());
      }
    }
  },

  SPLITS_ITS_REQUEST_ANYWHERE {
    @Override
    void visit(Service service) throws IOException {
      var request = service.request();
      for (int split = 1; split < request.length; split++) {
        try (var caller = service.call()) {
          caller.say(Arrays.copyOf(request, split));
          awaitRead(caller);
          caller.say(Arrays.copyOfRange(request, split, request.length));
          service.isTheReply(caller.hearAllAndReset());
        }
      }
    }
  },

  HALF_CLOSES_BEFORE_THE_REQUEST_IS_WHOLE {
    @Override
    void visit(Service service) throws IOException {
      var request = service.request();
      for (int length = 0; length < request.length; length++) {
        try (var caller = service.call()) {
          caller.say(Arrays.copyOf(request, length)).finish();
          service.isNoReply(caller.hearAllAndReset());
        }
      }
    }
  },

  HALF_CLOSES_AFTER_THE_REQUEST {
    @Override
    void visit(Service service) throws IOException {
      try (var caller = service.call()) {
        caller.say(service.request()).finish();
        service.isTheReply(caller.hearAllAndReset());
      }
    }
  },

  CONNECTS_AND_CLOSES {
    @Override
    void visit(Service service) throws IOException {
      for (int i = 0; i < MANY; i++) service.call().close();
    }
  },

  CONNECTS_AND_RESETS {
    @Override
    void visit(Service service) throws IOException {
      for (int i = 0; i < MANY; i++) service.call().reset();
    }
  },

  IS_ACCEPTED_SAYS_NOTHING_AND_LEAVES {
    @Override
    void visit(Service service) throws IOException {
      try (var caller = service.call()) {
        awaitAccepted(caller);
      }
    }
  },

  RESETS_IN_THE_MIDDLE_OF_ITS_REQUEST {
    @Override
    void visit(Service service) throws IOException {
      var request = service.request();
      var caller = service.call().say(Arrays.copyOf(request, request.length / 2));
      awaitRead(caller);
      caller.reset();
    }
  },

  RESETS_INSTEAD_OF_READING_THE_ANSWER {
    @Override
    void visit(Service service) throws IOException {
      for (int i = 0; i < MANY; i++) service.call().say(service.request()).reset();
    }
  },

  NEVER_READS_THE_ANSWER {
    @Override
    void visit(Service service) throws IOException {
      var deaf = new ArrayList<Wire>();
      try {
        for (int i = 0; i < MANY; i++) {
          deaf.add(Wire.callWithSmallBuffer(service.port()).say(service.request()));
        }
        service.serves();
      } finally {
        for (var caller : deaf) caller.close();
      }
    }
  },

  SENDS_EVERY_BYTE_AND_COMMANDS_FOR_A_TERMINAL {
    @Override
    void visit(Service service) throws IOException {
      var garbage = new ByteArrayOutputStream();
      for (int value = 0; value < 256; value++) garbage.write(value);
      garbage.writeBytes(
          Site.bytes("\u001b[2J\u001b[31m\u001b]0;title\u0007\u001b[6n\b\r\r\n\r\n"));
      try (var caller = service.call().say(garbage.toByteArray()).finish()) {
        caller.hearAllOrReset();
      }
    }
  },

  SENDS_THE_LONGEST_HEAD {
    @Override
    void visit(Service service) throws IOException {
      try (var caller = service.call().say(service.longest())) {
        service.isTheReply(caller.hearAllAndReset());
      }
    }
  },

  SENDS_ONE_BYTE_MORE {
    @Override
    void visit(Service service) throws IOException {
      try (var caller = service.call().say(service.tooLong())) {
        service.isNoReply(caller.hearAllOrReset());
      }
    }
  },

  SENDS_A_MEGABYTE_WITHOUT_AN_END {
    @Override
    void visit(Service service) throws IOException {
      try (var caller = service.call()) {
        sayUntilDropped(caller, Site.bytes("x".repeat(1024 * 1024)));
        service.isNoReply(caller.hearAllOrReset());
      }
    }
  },

  SENDS_A_BODY_TOO {
    @Override
    boolean speaksHttp() {
      return true;
    }

    @Override
    void visit(Service service) throws IOException {
      var head = Site.REQUEST.replace("GET", "POST").replace("Conn", "Content-Length: 3\r\nConn");
      try (var caller = service.call().say(Site.bytes(head + "abc"))) {
        ((Site) service).beginsWithThePage(caller.hearAllOrReset());
      }
    }
  },

  SENDS_A_SECOND_REQUEST_BEFORE_THE_FIRST_ANSWER {
    @Override
    boolean speaksHttp() {
      return true;
    }

    @Override
    void visit(Service service) throws IOException {
      try (var caller = service.call().say(Site.bytes(Site.REQUEST + Site.REQUEST))) {
        ((Site) service).beginsWithThePage(caller.hearAllOrReset());
      }
    }
  };

  private static final int MANY =
      5; // no more than fit in any accept queue: the next would wait a second

  /** Whether such callers only come where that is spoken. */
  boolean speaksHttp() {
    return false;
  }

  abstract void visit(Service service) throws IOException;

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
