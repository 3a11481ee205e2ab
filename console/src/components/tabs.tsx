import type { ReactNode } from 'react';
import { Tabs as Choosing, Tab, TabList, TabPanel } from 'react-aria-components';
import styles from './tabs.module.css';

/** One of several views of the same thing; the first at the beginning. */
export function Tabs({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { id: string; name: string; content: ReactNode }[];
}) {
  return (
    <Choosing>
      <TabList aria-label={label} className={styles.list}>
        {tabs.map(({ id, name }) => (
          <Tab key={id} id={id} className={styles.tab}>
            {name}
          </Tab>
        ))}
      </TabList>
      {tabs.map(({ id, content }) => (
        <TabPanel key={id} id={id} className={styles.panel}>
          {content}
        </TabPanel>
      ))}
    </Choosing>
  );
}
