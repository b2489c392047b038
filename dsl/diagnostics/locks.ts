/** Rules about nested choreographies and locks. */
export const lockDiagnostics = Object.freeze({
  AURA1501: {
    rule: "C16",
    title: "Every role of a nested choreography is played.",
    explanation:
      "A callee waits for all of its roles, so the call says for each who plays it. Add the " +
      "role to roles.",
    wrong: '.call("Sub", { roles: {}, … })',
  },
  AURA1502: {
    rule: "C16",
    title: "A call passes roles that the callee has.",
    explanation:
      "roles has the callee's role on the left and the role here on the right. Correct the " +
      "name on the left.",
    wrong: '.call("Sub", { roles: { leadr: "chair" }, … })',
  },
  AURA1503: {
    rule: "C16",
    title: "A callee's single role is played by a single device.",
    explanation:
      "A family has many devices, and the callee needs one. Pass a role declared as one. " +
      "Where the callee has a family, one device or a family can play it.",
    wrong: '.call("Sub", { roles: { leader: "voters" }, … })',
  },
  AURA1504: {
    rule: "C16",
    title: "A role plays one role of the callee.",
    explanation:
      "A device that plays two would wait for itself. Pass different roles, or write the " +
      "callee with fewer.",
    wrong: '.call("Sub", { roles: { a: "chair", b: "chair" }, … })',
  },
  AURA1505: {
    rule: "C16",
    title: "A choreography does not call itself.",
    explanation:
      "Neither directly nor through others: such calls would nest without a bound. Use a " +
      "recursion, whose bound is written.",
    wrong: 'choreography("poll", …).call("Again", { choreography: poll, … })',
  },
  AURA1506: {
    rule: "C15",
    title: "A lock that is held is not taken again.",
    explanation:
      "The second acquire would wait for the first to be given back, for ever. Release it " +
      "before, or take it once.",
    wrong: '.acquire("Take", { lock: "keys" }).acquire("Retake", { lock: "keys" })',
  },
  AURA1507: {
    rule: "C15",
    title: "Only a lock that is held is released.",
    explanation:
      "It was never taken on this path, or has been given back. Acquire it before on every " +
      "path, and release it once.",
    wrong: '.release("Give", { lock: "keys" })',
  },
  AURA1508: {
    rule: "C15",
    title: "A lock is released before the end.",
    explanation:
      "A lock that is held at the end blocks every later session. Release it on every path.",
    wrong: '.acquire("Take", { lock: "keys" }).returns("nothing")',
  },
  AURA1509: {
    rule: "C15",
    title: "After a choice the same locks are held, whatever branch is taken.",
    explanation:
      "What follows cannot know whether to release. Release the lock in each branch, or in " +
      "none and once after the choice.",
    wrong: '.choice("Yes | No", …)  with the release in Yes only',
  },
  AURA1510: {
    rule: "C15",
    title: "Going again and aborting leave no lock behind.",
    explanation:
      "A turn begins with the same locks as the turn before. An abort ends the session, and " +
      "nobody could release after it. A device that falls silent is the lock's own lease to " +
      "deal with. Release before.",
    wrong: '.acquire("Take", { lock: "keys" }).abort({ … })',
  },
  AURA1511: {
    rule: "C15",
    title: "Blocks that run side by side do not use one lock.",
    explanation:
      "They would wait for each other, or one would release what the other still needs " +
      "(C7). Take the lock around the parallel, or in one block only.",
    wrong: '.parallel("A || B", …)  with an acquire of "keys" in both',
  },
  AURA1512: {
    rule: "C15",
    title: "Locks are taken in one order.",
    explanation:
      "If one path takes a then b and another b then a, two sessions can each hold one and " +
      "wait for the other (C7). Take them in one order everywhere. Locks that a callee " +
      "takes by itself are not seen here: declare the order once for all choreographies.",
    wrong: ".acquire a, acquire b  in one branch,  acquire b, acquire a  in another",
  },
  AURA1513: {
    rule: "C15",
    title: "A lock is given back by those who took it.",
    explanation:
      "Each role that takes part in the acquire holds the lock until it takes part in the " +
      "release: one that is left out goes on holding it, and one that comes in gives back what " +
      "it never had. Pass the same roles to both.",
    wrong:
      '.acquire("Take", { lock: "keys", roles: { a: "chair" }, … })\n' +
      '.release("Give", { lock: "keys", roles: { a: "clerk" }, … })',
  },
} as const);
