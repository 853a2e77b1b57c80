/** The version of the group agreement that people accept now. Raise it when its meaning changes: all are asked again. */
export const agreementVersion = 1;
