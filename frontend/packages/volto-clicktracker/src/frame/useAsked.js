/* What is asked of a screen is the query of its address: it can be shared, and the browser
   goes back to what was asked before. */
import { useMemo } from "react";
import { useHistory, useLocation } from "react-router-dom";

const queryOf = (asked) => {
  const given = Object.entries(asked).filter(([, value]) => value || value === 0);
  const query = new URLSearchParams(given).toString();
  return query && `?${query}`;
};

/* `asked`: what the address says, by name. `addressWith`: the address with other values of
   some; those that are empty or null are left out. `ask` goes there. */
export const useAsked = () => {
  const { pathname, search } = useLocation();
  const history = useHistory();
  return useMemo(() => {
    const asked = Object.fromEntries(new URLSearchParams(search));
    const addressWith = (changes) => pathname + queryOf({ ...asked, ...changes });
    return { asked, addressWith, ask: (changes) => history.push(addressWith(changes)) };
  }, [history, pathname, search]);
};
