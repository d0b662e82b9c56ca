/** Why a socket was closed, as clients of graphql-ws read it. */
export const closeCodes = {
  /** Service restart: clients come back by themselves, to another node or to this one. */
  comeBack: 1012,
  /** Who held it is signed in no more: clients do not come back before they are. */
  signIn: 4401,
  /** More than anybody needs: clients do not come back. */
  tooMuch: 4429,
} as const;
