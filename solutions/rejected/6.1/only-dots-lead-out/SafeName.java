// Believes: only .. leads out of a folder.
// Rejected by: SafeNameTest "refuses absolute names"
package ch06;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

public final class SafeName {
  private SafeName() {}

  public static Path of(Path root, String name) throws IOException {
    var decoded = decode(name);
    for (var part : decoded.split("/")) {
      if (part.equals("..")) throw new Refused("a part of the name leads up");
    }
    return root.resolve(decoded);
  }

  private static String decode(String name) throws Refused {
    try {
      var decoded = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (decoded.indexOf('\uFFFD') >= 0) throw new Refused("not UTF-8");
      return decoded;
    } catch (IllegalArgumentException e) {
      throw new Refused("bad escape");
    }
  }

  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    public Refused(String why) {
      super(why);
    }
  }
}
