package grader;

/** How a learner does what we propose: with a command, or with a key of the loop. */
enum Ways {
  COMMANDS {
    @Override
    String again(Task task) {
      return "then run again: ./jbang check " + task.id();
    }

    @Override
    String hint(Task task) {
      return "./jbang hint " + task.id();
    }

    @Override
    String solution(Task task) {
      return "./jbang solution " + task.id();
    }

    @Override
    String begin(Task task) {
      return "./jbang check %s, file exercises/mine/%s".formatted(task.id(), task.file());
    }
  },

  KEYS {
    @Override
    String again(Task task) {
      return "then save.";
    }

    @Override
    String hint(Task task) {
      return "press h.";
    }

    @Override
    String solution(Task task) {
      return "press s.";
    }

    @Override
    String begin(Task task) {
      return "press n.";
    }
  };

  abstract String again(Task task);

  abstract String hint(Task task);

  abstract String solution(Task task);

  abstract String begin(Task task);
}
