// Believes: only letters, digits, dots and dashes are safe, so nothing else is a name.
// Rejected by: SafeNameTest "decodes a name once"
package ch06;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

public final class SafeName {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");

  private SafeName() {}

  public static Path of(Path root, String name) throws IOException {
    if (!NAME.matcher(name).matches()) throw new Refused("odd characters");
    for (var part : name.split("/")) {
      if (part.equals("..") || part.equals(".")) throw new Refused("dots");
    }
    var real = root.toRealPath();
    var path = real.resolve(name);
    if (!path.normalize().startsWith(real)) throw new Refused("outside");
    return path;
  }

  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    public Refused(String why) {
      super(why);
    }
  }
}
