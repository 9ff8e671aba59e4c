import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;

/**
 * A lesson's {@code main}, called in this process: it has all but a process of its own. Where it
 * says {@code System.exit} it ends by an error that only we know, since the real one would end us.
 */
public final class InProcess {
  /** How it ended, and what it had printed. */
  record Run(int exitCode, String out, String err) {}

  /** Of no class that a lesson catches: only what it has to close is done on the way. */
  private static final class Exit extends Error {
    private static final long serialVersionUID = 1;
    private final int code;

    Exit(int code) {
      super("exit " + code);
      this.code = code;
    }
  }

  private InProcess() {}

  /** What the lesson calls in place of {@code System.exit}. */
  public static void exit(int code) {
    throw new Exit(code);
  }

  static Run run(Lesson lesson, String... args) throws Exception {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var realOut = System.out;
    var realErr = System.err;
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
    try {
      int exitCode = assertTimeoutPreemptively(Child.PATIENCE, () -> exitCodeOf(lesson, args));
      return new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }

  private static int exitCodeOf(Lesson lesson, String... args) throws Exception {
    var type = new Loader(lesson).loadClass(lesson.name());
    var main = type.getDeclaredMethod("main", String[].class);
    var constructor = type.getDeclaredConstructor();
    main.setAccessible(true);
    constructor.setAccessible(true);
    try {
      main.invoke(constructor.newInstance(), (Object) args);
      return 0;
    } catch (InvocationTargetException ended) {
      if (ended.getCause() instanceof Exit exit) return exit.code;
      throw ended;
    }
  }

  /** Loads the lesson anew each time: no run finds what another has left in its statics. */
  private static final class Loader extends ClassLoader {
    private final Lesson lesson;

    Loader(Lesson lesson) {
      super(InProcess.class.getClassLoader());
      this.lesson = lesson;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      boolean ours = name.equals(lesson.name()) || name.startsWith(lesson.name() + "$");
      if (!ours) return super.loadClass(name, resolve);
      var loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try {
        var code = withOurExit(Files.readAllBytes(Lesson.classes().resolve(name + ".class")));
        return defineClass(name, code, 0, code.length);
      } catch (IOException missing) {
        throw new ClassNotFoundException(name, missing);
      }
    }
  }

  private static byte[] withOurExit(byte[] lesson) {
    var file = ClassFile.of();
    var change = ClassTransform.transformingMethodBodies(InProcess::changeExit);
    return file.transformClass(file.parse(lesson), change);
  }

  private static void changeExit(CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeInstruction call
        && call.owner().asInternalName().equals("java/lang/System")
        && call.name().equalsString("exit")) {
      code.invokestatic(ClassDesc.of(InProcess.class.getName()), "exit", call.typeSymbol());
    } else {
      code.with(element);
    }
  }
}
