/** Rules about choices, and that every role can tell their branches apart. */
export const branchDiagnostics = Object.freeze({
  AURA1301: {
    rule: "C2",
    title: "A choice has all branches that the session names.",
    explanation:
      "Whoever decides may take any branch of the session, so each must be written. Add it " +
      "under its first label, or take it out of the session.",
    wrong: 'session: "{ Yes | No }"  …  branches: { Yes: (b) => … }',
  },
  AURA1302: {
    rule: "C2",
    title: "A branch is named by its first label in the session.",
    explanation:
      "The name of a branch is the label that its first step has in the session. Correct " +
      "the spelling, or add the branch to the session.",
    wrong: 'session: "{ Yes | No }"  …  branches: { Yes: …, Nope: … }',
  },
  AURA1303: {
    rule: "C2",
    title: "Who decides sends first in each branch.",
    explanation:
      "The others learn of the decision by the first event of the branch, so it is the " +
      "decider's own: a hidden decision would leave them waiting (C5). Begin every branch " +
      "with a broadcast or send by the decider, or let everyone decide from what all agree " +
      "on.",
    wrong:
      '.choice("Yes | No", { by: "chair", branches: { Yes: (b) => b.send("Yes", { by: "clerk", … }) } })',
  },
  AURA1304: {
    rule: "C2",
    title: "Who does different things in two branches is told which is taken.",
    explanation:
      "The role has something to do in one branch and nothing, or something else of its " +
      "own, in the other, and no event tells it which branch is taken. Send it one in both " +
      "branches before its first difference, or broadcast the decision.",
    wrong: "{ Yes . Ship | No }  with Yes sent to the clerk only, and Ship done by another",
  },
  AURA1305: {
    rule: "C3",
    title: "No role may both send and wait at the same place.",
    explanation:
      "In one branch the role writes, in the other it waits, and nothing has told it which " +
      "branch is taken. Tell it first, with an event in each branch.",
    wrong: "{ Yes . Reply | No . Ask }  with Reply sent by who waits for Ask",
  },
  AURA1306: {
    rule: "C4",
    title: "A role learns of a choice from one sender.",
    explanation:
      "In one branch the role's first event is from one role, in the other from another. " +
      "Events are not ordered between authors, so it could take a late event for the " +
      "decision. Let one role, best the decider, tell it in both branches.",
    wrong: "{ Yes . FromA | No . FromB }  with two senders",
  },
  AURA1307: {
    rule: "C1",
    title: "A label in two branches is one event of one role.",
    explanation:
      "A label is a name on the ledger, and who reads it must know whose event it is and of " +
      "which type. Where two branches share a label, write the same verb, role and event, " +
      "or give one another label.",
    wrong: "{ A . Done | B . Done }  with Done by two roles",
  },
  AURA1308: {
    rule: "C4",
    title: "A label that a role waits for is one wait.",
    explanation:
      "The role waits for the same label in two branches, but not alike: another event, " +
      "another deadline or another check. It cannot wait in two ways at once, for it does " +
      "not know yet which branch is taken. Write the step alike in both, or give one " +
      "another label.",
    wrong: "{ A . Done | B . Done }  with two deadlines of Done",
  },
  AURA1309: {
    rule: "C2",
    title: "What a role does in the branches of a choice can be joined.",
    explanation:
      "Before the role knows which branch is taken it must do the same in all of them: " +
      "every script is one program. Tell it of the decision first, or make its part in the " +
      "branches the same.",
  },
} as const);
